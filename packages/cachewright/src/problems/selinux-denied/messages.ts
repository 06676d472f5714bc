import type { ProblemMessages } from "../message.ts";

export const messages: ProblemMessages = {
  messages: [
    {
      // The kernel's audit line: an access vector was denied.
      id: "avc-denied", tool: "other", trigger: "avc:  denied",
      pattern: /avc: {1,2}denied {1,2}\{ [\w ]{1,80} \} for .{0,400}?\b(?:path|name(?!=.{0,400} path="))="(?<path>[^"\n]{1,4096})"/,
      example: "type=AVC msg=audit(1700000000.123:456): avc:  denied  { write } for  pid=4242 comm=\"pip\" path=\"/srv/app/.cache/pip\" dev=\"sda1\" ino=42 scontext=system_u:system_r:httpd_t:s0 tcontext=unconfined_u:object_r:user_home_t:s0 tclass=dir permissive=0",
    },
    {
      id: "apparmor-denied", tool: "other", trigger: "apparmor=\"DENIED\"",
      pattern: /apparmor="DENIED" operation="\w{1,40}"(?! .{0,200}profile="snap\.).{0,400}? name="(?<path>[^"\n]{1,4096})"/,
      example: "audit: type=1400 audit(1700000000.123:77): apparmor=\"DENIED\" operation=\"mknod\" profile=\"/usr/bin/python3\" name=\"/srv/app/.cache/pip/http-v2/a\" pid=4242 comm=\"pip\" requested_mask=\"c\" denied_mask=\"c\"",
    },
    {
      // systemd may not start what carries a home's label. The same step fails for a file without its x bit.
      id: "exec-step-while-enforcing", tool: "other", trigger: "Failed at step EXEC spawning",
      pattern: /Failed at step EXEC spawning (?<path>\/[^:\n]{1,4096}): Permission denied/, context: /\b[Ee]nforcing\b|SELinux/,
      alsoPossible: ["script-not-executable", "tmp-noexec"],
      example: "$ getenforce\nEnforcing\ndemo.service: Failed at step EXEC spawning /home/ada/demo/venv/bin/demo: Permission denied",
    },
  ],
};
