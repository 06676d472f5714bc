/** A colour for each tool, in degrees; what it says is written beside it, too. */
export const toolHues: Readonly<Record<string, number>> = { pip: 210, uv: 285, conda: 130, mamba: 165, micromamba: 150, rattler: 100, pixi: 50, poetry: 20, pdm: 340, pipenv: 190, hatch: 255, pipx: 310, virtualenv: 75, pyenv: 0 };

export function toolHue(tool: string): number {
  return toolHues[tool] ?? 230;
}
