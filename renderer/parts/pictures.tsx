/** Drawn pictures. They repeat what the words say, so a screen reader skips them; motion stops where it is unwanted. */

/** A card moving down onto the reader, or up from it. */
export function CardPicture({ motion }: { readonly motion: 'put' | 'take' | 'still' }) {
  return (
    <svg className="picture" viewBox="0 0 320 240" aria-hidden="true">
      <rect className="machine" x="30" y="150" width="260" height="74" rx="12" />
      <rect className="machine-place" x="78" y="164" width="164" height="46" rx="8" />
      <g className={`card-${motion}`}>
        <rect className="card" x="84" y="88" width="152" height="96" rx="10" />
        <rect className="card-band" x="84" y="104" width="152" height="14" />
        <circle className="card-face" cx="116" cy="146" r="16" />
        <rect className="card-line" x="144" y="132" width="76" height="8" rx="4" />
        <rect className="card-line" x="144" y="150" width="58" height="8" rx="4" />
      </g>
      {motion === 'still' ? null : (
        <g className={motion === 'put' ? 'arrow arrow-down' : 'arrow arrow-up'}>
          <path d={motion === 'put' ? 'M160 10v44m-20-20 20 22 20-22' : 'M160 58V14m-20 20 20-22 20 22'} />
        </g>
      )}
    </svg>
  );
}

/** Four dots in a frame: the number that only the resident knows. */
export function PinPicture() {
  return (
    <svg className="picture" viewBox="0 0 320 240" aria-hidden="true">
      <rect className="machine-place" x="40" y="74" width="240" height="92" rx="14" />
      {[88, 136, 184, 232].map((x) => (
        <circle key={x} className="ink" cx={x} cy="120" r="16" />
      ))}
    </svg>
  );
}

interface CoinProps {
  readonly x: number;
  readonly size: number;
  readonly value: string;
  readonly metal: 'bronze' | 'silver' | 'gold';
  readonly hole?: boolean;
}

function Coin({ x, size, value, metal, hole = false }: CoinProps) {
  return (
    <g className={`coin coin-${metal}`}>
      <circle cx={x} cy="62" r={size} />
      <circle className="coin-rim" cx={x} cy="62" r={size - 5} />
      {hole ? <circle className="coin-hole" cx={x} cy="62" r="7" /> : null}
      <text x={x} y={hole ? 90 : 71} textAnchor="middle" fontSize={hole ? 18 : 26}>
        {value}
      </text>
    </g>
  );
}

/** 10, 50, 100 and 500 yen coins and the 1,000 yen note. */
export function MoneyPicture() {
  return (
    <svg className="picture picture-wide" viewBox="0 0 520 124" aria-hidden="true">
      <Coin x={46} size={38} value="10" metal="bronze" />
      <Coin x={130} size={38} value="50" metal="silver" hole />
      <Coin x={214} size={38} value="100" metal="silver" />
      <Coin x={304} size={44} value="500" metal="gold" />
      <g className="note">
        <rect x="366" y="28" width="146" height="68" rx="5" />
        <circle cx="439" cy="62" r="22" />
        <text x="439" y="71" textAnchor="middle" fontSize="24">
          1000
        </text>
      </g>
    </svg>
  );
}

/** A note and coins: that money is needed, not how much. */
export function FeePicture() {
  return (
    <svg className="picture" viewBox="0 0 320 240" aria-hidden="true">
      <g className="note">
        <rect x="40" y="52" width="216" height="104" rx="8" />
        <text x="148" y="116" textAnchor="middle" fontSize="36">
          1000
        </text>
      </g>
      <g className="coin coin-silver">
        <circle cx="214" cy="156" r="48" />
        <circle className="coin-rim" cx="214" cy="156" r="40" />
        <text x="214" y="168" textAnchor="middle" fontSize="34">
          100
        </text>
      </g>
    </svg>
  );
}

/** Paper coming out of the machine. */
export function PaperPicture({ moving }: { readonly moving: boolean }) {
  return (
    <svg className="picture" viewBox="0 0 320 240" aria-hidden="true">
      <clipPath id="paper-out">
        <rect x="0" y="74" width="320" height="166" />
      </clipPath>
      <rect className="machine" x="40" y="24" width="240" height="56" rx="12" />
      <rect className="slot" x="74" y="64" width="172" height="8" rx="4" />
      <g clipPath="url(#paper-out)">
        <g className={moving ? 'paper paper-moving' : 'paper'}>
          <rect x="88" y="60" width="144" height="164" rx="3" />
          <path d="M108 104h104M108 126h104M108 148h104M108 170h70" />
        </g>
      </g>
    </svg>
  );
}

/** A round that turns while something is under way. */
export function WaitingPicture() {
  return (
    <svg className="picture picture-waiting" viewBox="0 0 120 120" aria-hidden="true">
      <circle className="ring-back" cx="60" cy="60" r="48" />
      <circle className="ring-turning" cx="60" cy="60" r="48" pathLength="100" strokeDasharray="28 72" />
    </svg>
  );
}

/** Time left, as a ring that empties. */
export function TimePicture({ left, of }: { readonly left: number; readonly of: number }) {
  const share = Math.max(0, Math.min(100, (left / of) * 100));
  return (
    <svg className="picture picture-time" viewBox="0 0 120 120" aria-hidden="true">
      <circle className="ring-back" cx="60" cy="60" r="50" />
      <circle
        className="ring-left"
        cx="60"
        cy="60"
        r="50"
        pathLength="100"
        strokeDasharray={`${share} 100`}
        transform="rotate(-90 60 60)"
      />
      <text x="60" y="74" textAnchor="middle" fontSize="40">
        {left}
      </text>
    </svg>
  );
}

/** A sheet or coins to take. */
export function TakePicture({ what }: { readonly what: 'paper' | 'change' }) {
  return (
    <svg className="picture picture-small" viewBox="0 0 96 96" aria-hidden="true">
      {what === 'paper' ? (
        <g className="paper">
          <rect x="20" y="8" width="56" height="80" rx="3" />
          <path d="M30 28h36M30 42h36M30 56h36M30 70h22" />
        </g>
      ) : null}
      {what === 'change' ? (
        <g className="coin coin-silver">
          <circle cx="36" cy="56" r="28" />
          <circle className="coin-rim" cx="36" cy="56" r="22" />
          <circle cx="66" cy="38" r="22" />
          <circle className="coin-rim" cx="66" cy="38" r="17" />
        </g>
      ) : null}
    </svg>
  );
}

/** The shopkeeper to be called. */
export function AttendantPicture() {
  return (
    <svg className="picture" viewBox="0 0 320 240" aria-hidden="true">
      <circle className="person" cx="160" cy="78" r="42" />
      <path className="person" d="M76 226c0-58 36-90 84-90s84 32 84 90z" />
      <path className="apron" d="M124 150h72v76h-72z" />
      <g className="arrow">
        <path d="M44 40q22 22 0 60M22 26q40 44 0 92M276 40q-22 22 0 60M298 26q-40 44 0 92" />
      </g>
    </svg>
  );
}
