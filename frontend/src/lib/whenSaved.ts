/**
 * What follows a write: telling, closing, going on. It happens also when the row or form that
 * asked for it is gone by then, unlike the callbacks of `mutate`. The failure stays in the `error`
 * of the mutation; `failed` is for who needs more of it.
 */
export function whenSaved<Saved>(
  write: Promise<Saved>,
  then: (saved: Saved) => void,
  failed: (error: unknown) => void = () => undefined,
): void {
  write.then(then, failed);
}
