// The media keys, the lock screen, the headset: what plays, where it is, what their buttons do.

export function tellSystem(audio, player, commands, hasChapters) {
  const session = navigator.mediaSession;
  if (!session) return;
  const { title, show, cover } = audio.dataset;
  const artwork = cover ? [{ src: new URL(cover, location.href).href }] : [];
  const handlers = {
    play: () => player.play(),
    pause: () => player.pause(),
    seekbackward: (details) => player.skip(-(details.seekOffset ?? 15)),
    seekforward: (details) => player.skip(details.seekOffset ?? 15),
    seekto: (details) => player.seek(details.seekTime),
    previoustrack: hasChapters ? commands["previous-chapter"] : null,
    nexttrack: hasChapters ? commands["next-chapter"] : null,
  };

  const place = () => {
    const { duration, rate, at } = player;
    if (!player.started || !(duration > 0)) return;
    try {
      session.setPositionState({ duration, playbackRate: rate, position: Math.min(at, duration) });
    } catch {
      // Between two states the numbers may not fit together; the next ones will.
    }
  };

  let ours = false;
  player.addEventListener("state", () => {
    if (player.playing && !ours) {
      // Claimed when it plays: until then the keys are somebody else's.
      ours = true;
      session.metadata = new MediaMetadata({ title: title ?? document.title, artist: show ?? "", artwork });
      for (const [action, handler] of Object.entries(handlers)) {
        try {
          session.setActionHandler(action, handler);
        } catch {
          // An action that this browser doesn't know.
        }
      }
    }
    if (ours) session.playbackState = player.playing ? "playing" : "paused";
    place();
  });
  audio.addEventListener("seeked", place);
}
