/** python-build's cache, filled and used by the real one; what it installs is a small archive that nothing has to be built of. */
import type { ToolPatient } from "../tool.ts";
import { describeCaches } from "./cache-case.ts";

const home = ({ account }: ToolPatient): string => `${account.home}/.pyenv`;
const definition = (patient: ToolPatient): string => `${home(patient)}/plugins/python-build/share/python-build/3.99.1`;

describeCaches([
  {
    tool: "pyenv", name: "archives", root: (patient) => `${home(patient)}/cache`, kinds: ["download"], names: ["Python 3.99.1"],
    make: async (patient) => {
      await patient.must(`mkdir -p ${home(patient)}/cache $(dirname ${definition(patient)}) /tmp/origin/Python-3.99.1 && cd /tmp/origin
        echo 3.99.1 > Python-3.99.1/VERSION && tar czf Python-3.99.1.tar.gz Python-3.99.1
        printf 'install_package "Python-3.99.1" "file:///tmp/origin/Python-3.99.1.tar.gz#%s" copy\\n' "$(sha256sum Python-3.99.1.tar.gz | cut -d' ' -f1)" > ${definition(patient)}`);
    },
    use: (patient) => patient.run([`${patient.prefix}/plugins/python-build/bin/python-build`, definition(patient), patient.freshDir()], { env: { PYTHON_BUILD_CACHE_PATH: `${home(patient)}/cache` } }),
    // One is over in no time.
    atWork: (patient) => patient.run(["sh", "-ec", 'for n in 1 2 3 4 5 6 7 8 9 10 11 12; do "$0" "$1" "$2-$n"; done', `${patient.prefix}/plugins/python-build/bin/python-build`, definition(patient), patient.freshDir()], { env: { PYTHON_BUILD_CACHE_PATH: `${home(patient)}/cache` } }),
  },
]);
