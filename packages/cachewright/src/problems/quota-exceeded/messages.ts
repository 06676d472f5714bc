import type { ProblemMessages } from "../message.ts";

export const messages: ProblemMessages = {
  messages: [
    {
      // Tools that print no number: glibc's words.
      id: "strerror-alone", tool: "unknown", trigger: ["Plattenplatz (Quota)", "bordement du quota", "excedido la cuota de disco", "Quota de disco excedida"],
      pattern: /(?:['"](?<path>\/[^'"\n]{1,4096})['"]: )?(?:Der zugewiesene Plattenplatz \(Quota\) ist überschritten|Débordement du quota d.espace disque|Se ha excedido la cuota de disco|Quota de disco excedida)/,
      example: "cp: Fehler beim Schreiben von '/home/ada/.cache/pip/x': Der zugewiesene Plattenplatz (Quota) ist überschritten",
    },
    {
      id: "kernel-over-quota", tool: "unknown", trigger: "quota exceeded", pattern: /(?:write failed|warning), (?:user|group|project) (?:disk|block|file) (?:quota exceeded|limit reached)/,
      weight: "notice", example: "home: write failed, user disk quota exceeded too long.",
    },
  ],
  claims: [
    {
      errno: ["EDQUOT"], rank: 100, alsoPossible: ["disk-full"],
      example: "OSError: [Errno 122] Disk quota exceeded: '/home/ada/.cache/pip/http-v2/a/b/c/d/e/abcde'",
    },
  ],
};
