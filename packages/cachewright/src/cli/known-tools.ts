/** Tools that some problem is about, as `--tool` takes them. */
export const knownTools: readonly string[] = ["pip", "conda", "mamba", "pixi", "rattler", "uv", "pipx", "poetry", "pdm", "pipenv", "hatch", "virtualenv", "pyenv"];
