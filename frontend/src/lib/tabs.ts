/** What the tabs of one browser tell each other. */
const channel = 'yhdyspinta-session';
const signedIn = 'signed-in';

const canTell = () => typeof BroadcastChannel !== 'undefined';

/** Tells the other tabs that somebody has signed in. */
export function tellSignedIn(): void {
  if (!canTell()) return;
  const tabs = new BroadcastChannel(channel);
  tabs.postMessage(signedIn);
  tabs.close();
}

/** Calls back when somebody has signed in in another tab; returns how to stop. */
export function onSignedIn(callback: () => void): () => void {
  if (!canTell()) return () => undefined;
  const tabs = new BroadcastChannel(channel);
  tabs.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (data === signedIn) callback();
  };
  return () => {
    tabs.close();
  };
}
