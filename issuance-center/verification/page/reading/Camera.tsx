/** Reads codes from the camera until told to stop; every frame that comes is looked at, one at a time. */
import { useEffect, useRef, useState } from 'react';
import { useSay } from '../words.ts';
import { codesIn } from './codeReader.ts';

/** Enough for a code of 97 modules that fills half the picture; more makes phones slow. */
const FRAME_SIDE = 1920;
const CONSTRAINTS: MediaStreamConstraints = {
  audio: false,
  video: { facingMode: { ideal: 'environment' }, width: { ideal: 1920 }, height: { ideal: 1080 } },
};
/** A frame later than the one before is soon enough; the page stays responsive in between. */
const PAUSE_MS = 60;

interface CameraProps {
  readonly onCodes: (codes: readonly Uint8Array[]) => void;
  readonly onStop: () => void;
}

export function Camera({ onCodes, onStop }: CameraProps) {
  const say = useSay();
  const video = useRef<HTMLVideoElement>(null);
  const [state, setState] = useState<'starting' | 'reading' | 'refused'>('starting');
  const report = useRef(onCodes);
  report.current = onCodes;

  useEffect(() => {
    let ended = false;
    const whenReading = () => setState('reading');
    const stream = open(video.current!, whenReading).catch(() => void (ended || setState('refused')));
    void stream.then(() =>
      keepReading(
        video.current,
        () => ended,
        (codes) => report.current(codes),
      ),
    );
    return () => {
      ended = true;
      void stream.then((media) => media?.getTracks().forEach((track) => track.stop()));
    };
  }, []);

  return (
    <section className="camera" aria-labelledby="camera-heading">
      <h2 id="camera-heading">{say('camera.heading')}</h2>
      <p>{say('camera.how')}</p>
      {state === 'refused' ? (
        <p className="fault" role="alert">
          {say('camera.refused')}
        </p>
      ) : (
        <div className="viewfinder">
          <video ref={video} muted playsInline aria-label={say('camera.heading')} />
          {state === 'starting' && <p role="status">{say('camera.starting')}</p>}
        </div>
      )}
      <button type="button" className="button" onClick={onStop}>
        {say('camera.stop')}
      </button>
    </section>
  );
}

async function open(video: HTMLVideoElement, whenReading: () => void): Promise<MediaStream> {
  const stream = await navigator.mediaDevices.getUserMedia(CONSTRAINTS);
  video.srcObject = stream;
  await video.play();
  whenReading();
  return stream;
}

async function keepReading(
  video: HTMLVideoElement | null,
  isEnded: () => boolean,
  onCodes: (codes: readonly Uint8Array[]) => void,
): Promise<void> {
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d', { willReadFrequently: true });
  while (video && context && !isEnded()) {
    const codes = video.videoWidth > 0 ? await codesIn(frameOf(video, canvas, context)) : [];
    if (codes.length > 0 && !isEnded()) onCodes(codes);
    await new Promise((next) => setTimeout(next, PAUSE_MS));
  }
}

function frameOf(
  video: HTMLVideoElement,
  canvas: HTMLCanvasElement,
  context: CanvasRenderingContext2D,
): ImageData {
  const scale = Math.min(1, FRAME_SIDE / Math.max(video.videoWidth, video.videoHeight));
  canvas.width = Math.round(video.videoWidth * scale);
  canvas.height = Math.round(video.videoHeight * scale);
  context.drawImage(video, 0, 0, canvas.width, canvas.height);
  return context.getImageData(0, 0, canvas.width, canvas.height);
}
