/** What holds at a place of a Dockerfile: it grows instruction by instruction. */
import { accountOf, rootAccount } from "../shell/unwrap.ts";
import type { Account, CopyFrom, Stage, Variable, Variables } from "../source.ts";
import { withVariable } from "../variables.ts";
import { imageFacts } from "./images.ts";

export interface StageState {
  readonly index: number;
  readonly name: string | undefined;
  readonly image: string | undefined;
  readonly parent: StageState | undefined;
  readonly start: number;
  end: number;
  /** ENV and ARG; commands keep the map of their moment, so it is replaced and never changed. */
  variables: Variables;
  account: Account;
  workdir: string | undefined;
  shell: "posix" | "other";
  /** By name and by number as text. */
  accounts: ReadonlyMap<string, Account>;
  readonly copies: CopyFrom[];
  /** The value of steps and commands; filled in at the end, when it is known who builds on whom. */
  readonly stage: { -readonly [Key in keyof Stage]: Stage[Key] };
}

export interface Beginning {
  readonly index: number;
  readonly name: string | undefined;
  readonly image: string | undefined;
  readonly parent: StageState | undefined;
  readonly start: number;
}

export function beginStage({ index, name, image, parent, start }: Beginning): StageState {
  const facts = imageFacts(parent === undefined ? image : undefined);
  const shell = parent?.shell ?? facts.shell;
  const copies: CopyFrom[] = [];
  return {
    index, name, image: parent?.image ?? image, parent, start, end: start, copies, shell,
    variables: parent?.variables ?? facts.variables,
    account: parent?.account ?? facts.account,
    workdir: parent?.workdir,
    accounts: parent?.accounts ?? knownAccounts(facts.account),
    stage: { range: { start, end: start }, index, name, image: parent?.image ?? image, parent: parent?.stage, shipped: false, copies, shell },
  };
}

function knownAccounts(own: Account): ReadonlyMap<string, Account> {
  const accounts = new Map([["root", rootAccount], ["0", rootAccount]]);
  for (const key of [own.user, own.uid === undefined ? undefined : String(own.uid)]) if (key !== undefined) accounts.set(key, own);
  return accounts;
}

/** More than images have; each makes a copy of all. */
const most = 400;

export function addAccount(state: StageState, account: Account): void {
  if (state.accounts.size >= most) return;
  const accounts = new Map(state.accounts);
  if (account.user !== undefined) accounts.set(account.user, account);
  if (account.uid !== undefined) accounts.set(String(account.uid), account);
  state.accounts = accounts;
}

export function setUser(state: StageState, user: string | undefined): void {
  if (user === undefined || user === "") state.account = { user: undefined, uid: undefined, home: undefined };
  else state.account = state.accounts.get(user.split(":")[0] ?? "") ?? accountOf(user);
}

/** HOME is the user's own unless a variable says otherwise. */
export function accountNow({ account, variables }: StageState): Account {
  const home = variables.get("HOME");
  return home === undefined ? account : { ...account, home: home.value };
}

export function setVariable(state: StageState, name: string, variable: Variable): void {
  state.variables = withVariable(state.variables, name, variable);
}
