/**
 * A short chime when a card, paper or money has to be taken (operations.md 2.2). Two falling or rising tones, made
 * here: no file is loaded. A machine without loudspeaker stays silent and nothing else changes.
 */
import type { ViewAt } from '#agent/contract/deviceLink.ts';

/** Hertz, in order; each tone sounds for `TONE_SECONDS`. */
const RISING = [659, 880] as const;
const CALLING = [880, 659, 880] as const;
const TONE_SECONDS = 0.18;
/** A third of full scale: heard at the machine, not across the store. */
const LOUDNESS = 0.3;

/** Tones for a screen on which something must be taken or put, or null. */
export function tonesFor(at: ViewAt): readonly number[] | null {
  switch (at) {
    case 'awaitingCard':
    case 'returningCard':
    case 'paying':
    case 'collecting':
    case 'placingCardAgain':
    case 'applied':
      return RISING;
    case 'askingAttendant':
    case 'notice':
      return CALLING;
    default:
      return null;
  }
}

let context: AudioContext | undefined;

/** Plays the chime of a screen; silent where there is no audio. */
export function chime(at: ViewAt): void {
  const tones = tonesFor(at);
  if (!tones || typeof AudioContext === 'undefined') return;
  try {
    context ??= new AudioContext();
    void context.resume().catch(() => undefined);
    playTones(context, tones);
  } catch {
    context = undefined; // no sound device: picture and words say the same
  }
}

function playTones(audio: AudioContext, tones: readonly number[]): void {
  tones.forEach((frequency, index) => {
    const start = audio.currentTime + index * TONE_SECONDS;
    const oscillator = audio.createOscillator();
    const gain = audio.createGain();
    oscillator.frequency.value = frequency;
    gain.gain.setValueAtTime(LOUDNESS, start);
    gain.gain.exponentialRampToValueAtTime(0.001, start + TONE_SECONDS);
    oscillator.connect(gain).connect(audio.destination);
    oscillator.start(start);
    oscillator.stop(start + TONE_SECONDS);
  });
}
