/** Named steps and demands: a failure says at which step of a case it happened. */

export async function step<T>(name: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (cause) {
    throw new Error(`${name}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

export function must(condition: boolean, complaint: string): asserts condition {
  if (!condition) throw new Error(complaint);
}
