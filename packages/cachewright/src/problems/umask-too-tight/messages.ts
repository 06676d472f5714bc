import type { ProblemMessages } from "../message.ts";

export const messages: ProblemMessages = {
  messages: [],
  claims: [
    {
      // Reading what is installed: the import machinery, or metadata. Installers write there and do not import.
      errno: ["EACCES"], rank: 77,
      path: /^(?<root>(?:~|\/)(?:.{0,4096}?)\/(?:site|dist)-packages)\/.{1,4096}\.(?:pyc?|so|pyd|pth)$/,
      context: /<frozen importlib\._bootstrap|in get_data\b|in addpackage\b|in _open_source/,
      notContext: /Could not install packages|EnvironmentError|Uninstalling |\/pip\/_(?:internal|vendor)\//,
      example: "  File \"<frozen importlib._bootstrap_external>\", line 916, in get_data\nPermissionError: [Errno 13] Permission denied: '/usr/local/lib/python3.11/site-packages/demo.py'",
    },
    {
      errno: ["EACCES"], rank: 77,
      path: /^(?<root>(?:~|\/)(?:.{0,4096}?)\/(?:site|dist)-packages)\/[^/]{1,255}\.(?:dist|egg)-info\/(?:METADATA|PKG-INFO|entry_points\.txt|top_level\.txt|direct_url\.json)$/,
      context: /importlib\/metadata|importlib_metadata|in read_text\b|pkg_resources|in _get_metadata/,
      notContext: /Could not install packages|Uninstalling /,
      example: "  File \"/usr/lib/python3.11/importlib/metadata/__init__.py\", line 600, in read_text\nPermissionError: [Errno 13] Permission denied: '/usr/local/lib/python3.11/dist-packages/demo-1.0.dist-info/METADATA'",
    },
  ],
};
