// Loud answers: two rising notes for a welcome, a long low double buzz for anything else; the phone shakes with it.

let speaker;

function note(pitch, from, seconds, shape) {
  const [tone, volume] = [speaker.createOscillator(), speaker.createGain()];
  tone.type = shape;
  tone.frequency.value = pitch;
  volume.gain.setValueAtTime(0.35, speaker.currentTime + from);
  volume.gain.exponentialRampToValueAtTime(0.001, speaker.currentTime + from + seconds);
  tone.connect(volume).connect(speaker.destination);
  tone.start(speaker.currentTime + from);
  tone.stop(speaker.currentTime + from + seconds);
}

// Browsers let a page make sounds only after a touch.
export function wake() {
  try {
    speaker ??= new AudioContext();
    speaker.resume();
  } catch { /* no sound here: colour, text and shaking remain */ }
}

export function say(good) {
  navigator.vibrate?.(good ? 80 : [250, 120, 250, 120, 400]);
  if (!speaker) return;
  if (good) { note(880, 0, 0.15, "sine"); note(1320, 0.13, 0.25, "sine"); }
  else { note(160, 0, 0.35, "square"); note(130, 0.4, 0.6, "square"); }
}
