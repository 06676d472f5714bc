/** Letters of the map, in rem. */
export const tileFont = 0.75;

/** Columns of text for which the style has a rule: a label is shown where its tile has so much room. */
export const labelWidths = [4, 6, 8, 10, 12, 15, 18, 22, 27, 33, 40, 60] as const;

export function fitClass(text: string): string {
  return `w${labelWidths.find((width) => width >= text.length) ?? 60}`;
}
