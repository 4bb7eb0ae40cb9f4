import { ProgressBar } from 'react-aria-components';

interface ProgressProps {
  readonly done: number;
  readonly of: number;
  readonly label: string;
}

/** A determinate bar with its words under it. */
export function Progress({ done, of, label }: ProgressProps) {
  return (
    <ProgressBar
      className="progress"
      value={done}
      maxValue={Math.max(of, 1)}
      valueLabel={label}
      aria-label={label}
    >
      {({ percentage }) => (
        <>
          <div className="progress-track">
            <div className="progress-fill" style={{ inlineSize: `${percentage ?? 0}%` }} />
          </div>
          <p className="progress-words">{label}</p>
        </>
      )}
    </ProgressBar>
  );
}
