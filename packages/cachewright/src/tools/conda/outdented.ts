interface YamlError { readonly message: string; readonly pos: readonly [number, number] }

/** Where a line begins that goes on with a bracket or a quote and only wants to be indented: what the blank changes is no value. */
export function outdented(text: string, error: YamlError | undefined): number | undefined {
  if (error === undefined) return undefined;
  const { message, pos: [offset] } = error;
  const quote = /closing (['"])quote/.exec(message)?.[1];
  const isOpen = message.includes("must be sufficiently indented") ? text.slice(text.lastIndexOf("\n", offset - 1) + 1).search(/\S/) === 0 : quote !== undefined && text.includes(quote, offset);
  if (!isOpen) return undefined;
  if (quote === undefined) return text.lastIndexOf("\n", offset - 1) + 1;
  const next = /^[ \t]*(?:\n[ \t]*)*\n(?=\S)/.exec(text.slice(offset))?.[0].length;
  return next === undefined || /^(?:---|\.\.\.)(?:\s|$)/.test(text.slice(offset + next)) ? undefined : offset + next;
}
