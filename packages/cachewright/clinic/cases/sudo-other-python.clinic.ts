import { describeIllnesses } from "../case.ts";
import type { Illness } from "../illness.ts";
import { allowSudo } from "../users.ts";
import { must } from "../step.ts";

const illnesses: readonly Illness[] = [
  {
    problem: "sudo-other-python", variant: "a Python of pyenv, and sudo's secure_path", pips: "pair", needs: ["sudo"], patient: { place: "own prefix" },
    make: async (patient) => {
      await allowSudo(patient.room, patient.account, { keepHome: false });
      await patient.root(`printf 'Defaults:%s secure_path="/usr/sbin:/usr/bin:/sbin:/bin"\\n' ${patient.account.name} >> /etc/sudoers.d/clinic`);
      await patient.must(`
        mkdir -p ~/.pyenv/versions/clinic ~/.pyenv/shims
        cp -a ${patient.prefix}/. ~/.pyenv/versions/clinic/
        echo clinic > ~/.pyenv/version
        for name in pip python3; do printf '#!/bin/sh\\nexec ~/.pyenv/versions/clinic/bin/%s "$@"\\n' $name > ~/.pyenv/shims/$name; done
        chmod 755 ~/.pyenv/shims/*`);
      patient.env["PATH"] = `${patient.account.home}/.pyenv/shims:/usr/bin:/bin`;
    },
    act: (patient) => patient.run(["sh", "-c", "python3 -c 'import sys; print(sys.prefix)'; sudo python3 -c 'import sys; print(sys.prefix)'"]),
    complaint: {
      silent: "each Python does what it is told; only the prefixes differ",
      async shows(output) {
        const [own, underSudo] = output.text.trim().split("\n");
        must(own !== underSudo && underSudo === "/usr", `sudo should start another Python, it said:\n${output.text}`);
      },
    },
    path: () => "PATH", doctorVia: "sudo",
    cure: { by: "nobody", shows: /\.pyenv\/versions\/clinic\/bin\/python -m pip install PACKAGE/ },
  },
];

describeIllnesses(illnesses);
