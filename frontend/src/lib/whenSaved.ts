/**
 * What follows a write: telling, closing, going on. It happens also when the row or form that
 * asked for it is gone by then, unlike the callbacks of `mutate`. A failure stays in the `error`
 * of the mutation.
 */
export function whenSaved<Saved>(write: Promise<Saved>, then: (saved: Saved) => void): void {
  write.then(then, () => undefined);
}
