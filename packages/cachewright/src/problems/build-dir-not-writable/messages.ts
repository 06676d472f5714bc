import type { ProblemMessages } from "../message.ts";

/** What setuptools writes below a source tree; pip's own temporary trees and installed packages are other places. */
const installed = /(?:^|\/)(?:site|dist)-packages\/|\/pip-(?:install|req-build|build|wheel|modern-metadata|unpack|ephem-wheel-cache)-|\/\.cache\/|\/\.local\/(?:lib|share)\//;

export const messages: ProblemMessages = {
  messages: [
    {
      // distutils names no path where it opens the file of an egg-info or removes an old one.
      id: "setup-py-no-path", tool: "pip",
      trigger: "error: [Errno 13]", pattern: /^\W{0,8}error: \[Errno 13\] [^:'"\n]{1,80}$/,
      context: /(?:\bpip[\d.]{0,5} install (?:-e|--editable)[ =](?<path>[^\s'"]{1,2048})[^]*?)?running (?:egg_info|develop|bdist_wheel|build(?:_py|_ext)?|install_egg_info|sdist|editable_wheel|dist_info)\b/,
      example: "    running egg_info\n    error: [Errno 13] Permission denied\n    ----------------------------------------",
    },
  ],
  claims: [
    {
      errno: ["EACCES"], rank: 72,
      path: /^(?<root>(?:.{0,2048}?\/)?(?:build(?=$|\/(?:bdist\.|lib|temp\.|scripts-|__editable__))|[\w.-]{1,200}\.egg-info|\.eggs))(?:\/|$)/,
      notPath: installed,
      example: "  running egg_info\n  creating demo.egg-info\n  error: could not create 'demo.egg-info': Permission denied",
    },
    {
      // Any other place of the tree, while setuptools runs its commands: the names are relative to the source.
      errno: ["EACCES"], rank: 45,
      path: /^(?!\/|~)(?:.{0,4096})$/, line: /error: (?:could not (?:create|delete|write)|\[Errno 13\])/,
      context: /running (?:egg_info|develop|bdist_wheel|build|sdist|editable_wheel|dist_info)/,
      example: "  running build_ext\n  creating demo_ext\n  error: could not create 'demo_ext/_speedups.c': Permission denied",
    },
  ],
};
