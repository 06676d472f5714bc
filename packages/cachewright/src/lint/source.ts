/** What a file is read into, whatever its kind: the commands that run, each with what is in force where it stands. */
import type { CiFile } from "./ci/ci-file.ts";
import type { Range } from "./mapped-text.ts";

export type Kind = "dockerfile" | "shell" | "gitlab-ci" | "workflow" | "action";

export interface Word {
  readonly range: Range;
  /** As it stands in the shell's text, quotes included. */
  readonly text: string;
  /** What it comes to, variables put in where the file says what they hold. None: it is known only when it runs. */
  readonly value: string | undefined;
}

export interface Variable {
  /** None: it is set, to what is known only when it runs. */
  readonly value: string | undefined;
  /** Where it is set; none where the image or the system sets it. */
  readonly range: Range | undefined;
  readonly from: "env" | "arg" | "export" | "prefix" | "image" | "ci";
}

/** The variables in force. One that is not in it is not set by the file. */
export type Variables = ReadonlyMap<string, Variable>;

export interface Mount {
  readonly range: Range;
  /** cache, bind, tmpfs, secret, ssh. */
  readonly type: string;
  /** By lower-cased key, variables put in; an undefined value is one that is not known. `target` stands for dst and destination, too. */
  readonly options: ReadonlyMap<string, Word>;
  /** Absolute, without a `/` at its end; none where it is not known. */
  readonly target: string | undefined;
}

/** Whose rights a command has, and where its `~` is. */
export interface Account {
  /** As `USER` or sudo says: a name or a number, without the group. None: not known (the base image decides). */
  readonly user: string | undefined;
  readonly uid: number | undefined;
  readonly home: string | undefined;
}

export interface Sudo {
  readonly range: Range;
  /** -H, -i: HOME becomes root's. */
  readonly home: boolean;
  /** -E: the caller's variables stay. */
  readonly keepsVariables: boolean;
}

/** One simple command, with sudo, env, exec, nice and the like taken off. */
export interface Command {
  /** The simple command as it stands, wrappers and assignments before it included. */
  readonly range: Range;
  /** The program by its base name without version: "pip" for `/opt/venv/bin/pip3.11` and for `python3 -m pip`, "micromamba", "uv". */
  readonly name: string;
  /** What calls the program: `pip3.11`, or `python3 -m pip` from `python3` to `pip`. */
  readonly program: Word;
  /** The words after it. Redirections are none. */
  readonly args: readonly Word[];
  readonly variables: Variables;
  readonly account: Account;
  readonly sudo: Sudo | undefined;
  /** Stands in an `if`, a loop, a `case`, behind `||`, or in a function: it may not run. */
  readonly conditional: boolean;
  /** Its words are not all known, because what is put in could be several: `pip install $FLAGS`. */
  readonly open: boolean;
}

/** What runs in one go: a RUN (one layer of an image), the script of a CI job, a whole shell script. */
export interface Step {
  readonly range: Range;
  /** Where a fix may put an option of the step itself: right behind `RUN`. */
  readonly insertAt: number;
  /** What it is called in messages: "RUN", "script", "run". */
  readonly called: string;
  /** In the order they stand; those of functions, substitutions and `sh -c "…"` too. */
  readonly commands: readonly Command[];
  readonly mounts: readonly Mount[];
  readonly variables: Variables;
  readonly account: Account;
  readonly stage: Stage | undefined;
  /** ONBUILD: it runs in the images built from this one. */
  readonly onbuild: boolean;
}

export interface CopyFrom {
  readonly range: Range;
  /** The stage or image of `COPY --from=`; none: the build context. */
  readonly from: string | undefined;
  readonly sources: readonly Word[];
  readonly target: Word | undefined;
}

export interface Stage {
  readonly range: Range;
  readonly index: number;
  /** `AS name`, lower-cased as Docker compares it. */
  readonly name: string | undefined;
  /** The image it begins from, variables put in; that of the first of the stages it is built upon. */
  readonly image: string | undefined;
  /** The stage it continues. */
  readonly parent: Stage | undefined;
  /** Its layers are in an image that is shipped: it is the last stage, or one that this continues. */
  readonly shipped: boolean;
  readonly copies: readonly CopyFrom[];
  /** `SHELL`, or the image's own. "other": PowerShell, cmd and what else is no POSIX shell. */
  readonly shell: "posix" | "other";
}

/** A part of the file that could not be read as what it should be, and is left out. */
export interface Unread {
  readonly range: Range;
  readonly why: string;
}

export interface Source {
  /** As messages name it. */
  readonly path: string;
  readonly kind: Kind;
  readonly text: string;
  readonly steps: readonly Step[];
  /** Of Dockerfiles; empty otherwise. */
  readonly stages: readonly Stage[];
  readonly unread: readonly Unread[];
  /** What CI files hold besides commands. */
  readonly ci?: CiFile;
}

/** A file that is not what its name says, with the place. */
export interface Fault {
  readonly range: Range;
  readonly message: string;
}

/** With a `fault`: what stands before it is read, and what follows is not. */
export type Reading = { readonly ok: true; readonly source: Source; readonly fault?: Fault | undefined } | { readonly ok: false; readonly fault: Fault };

/** Reads text of one kind. Never throws for what stands in it. */
export type Reader = (text: string, path: string) => Reading;
