/** The signed copy of a picture of the front (印影), larger than on paper, with what to hold it against. */
import { inkAt, type SignedPicture } from '../../front/signedPicture.ts';
import { useSay } from '../words.ts';

/** times its size on paper, where the screen has room */
const LARGER = 2;

interface PictureProps {
  readonly picture: SignedPicture;
  /** what it is, as the paper names it */
  readonly name: string;
}

export function Picture({ picture, name }: PictureProps) {
  const say = useSay();
  const { width, height, widthMm, heightMm } = picture;
  return (
    <figure className="signed-picture">
      <svg
        role="img"
        aria-label={name}
        viewBox={`0 0 ${width} ${height}`}
        width={`${LARGER * widthMm}mm`}
        height={`${LARGER * heightMm}mm`}
        shapeRendering="crispEdges"
      >
        <path d={pathOf(picture)} fill="currentColor" />
      </svg>
      <figcaption>
        <strong>{say('front.picture')}</strong>
        <br />
        {say('front.picture.size', { width: widthMm.toFixed(1), height: heightMm.toFixed(1) })}
      </figcaption>
    </figure>
  );
}

/** Ink as bars, one for each run of pixels in a row. */
function pathOf(picture: SignedPicture): string {
  let path = '';
  for (let y = 0; y < picture.height; y += 1) {
    for (let x = 0; x < picture.width; x += 1) {
      const start = x;
      while (x < picture.width && inkAt(picture, x, y) === 1) x += 1;
      if (x > start) path += `M${start} ${y}h${x - start}v1h${start - x}z`;
    }
  }
  return path;
}
