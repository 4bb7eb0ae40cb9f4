/** A chart for the eye, and the same numbers as a table for everybody else. */
import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';

export interface Series {
  readonly label: string;
  readonly values: readonly (number | null)[];
}

interface Props {
  readonly caption: string;
  /** along the bottom, one for each value */
  readonly ticks: readonly string[];
  readonly series: readonly Series[];
  readonly as: 'bars' | 'lines';
  /** 件 */
  readonly unit: string;
  /** heading of the ticks in the table: 時 */
  readonly tickLabel: string;
}

/** Told apart by dash as well as by colour. */
const STROKES = ['#0017c1', '#a90000', '#0c472a', '#6e5600'] as const;
const DASHES = [[], [8, 4], [2, 3], [10, 3, 2, 3]] as const;
const HEIGHT_PX = 260;
const FONT = '14px "BIZ UDGothic", sans-serif';
const GROUND = '#e6e6e6';

export function Chart(props: Props) {
  const { caption, ticks, series, unit, tickLabel } = props;
  const place = useRef<HTMLDivElement>(null);
  const shown = JSON.stringify([ticks, series, props.as]);
  useEffect(() => {
    const box = place.current;
    if (!box) return;
    const chart = draw(box, props);
    const observer = new ResizeObserver(() => chart.setSize({ width: box.clientWidth, height: HEIGHT_PX }));
    observer.observe(box);
    return () => {
      observer.disconnect();
      chart.destroy();
    };
    // drawn anew when what it shows changes, and only then
  }, [shown]);
  return (
    <figure className="chart">
      <figcaption>
        {caption}（{unit}）
      </figcaption>
      <div ref={place} aria-hidden="true" className="chart-place" />
      <details>
        <summary>表で見る</summary>
        <div className="table-frame" role="region" aria-label={`${caption}の表`} tabIndex={0}>
          <table className="table">
            <caption>
              {caption}（{unit}）
            </caption>
            <thead>
              <tr>
                <th scope="col">{tickLabel}</th>
                {series.map(({ label }) => (
                  <th key={label} scope="col" data-align="end">
                    {label}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {ticks.map((tick, index) => (
                <tr key={tick}>
                  <th scope="row">{tick}</th>
                  {series.map(({ label, values }) => (
                    <td key={label} data-align="end">
                      {values[index] ?? '－'}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  );
}

function draw(box: HTMLElement, { ticks, series, as }: Props): uPlot {
  const bars = uPlot.paths.bars!({ size: [0.8 / series.length, 40], align: series.length > 1 ? 1 : 0 });
  const data = [ticks.map((_, index) => index), ...series.map(({ values }) => [...values])];
  return new uPlot(
    {
      width: box.clientWidth,
      height: HEIGHT_PX,
      cursor: { show: false },
      legend: { show: series.length > 1, live: false },
      scales: {
        x: { time: false, range: [-0.5, ticks.length - 0.5] },
        y: { range: (_chart, _low, high) => [0, Math.max(4, Math.ceil(high * 1.1))] },
      },
      axes: [
        {
          font: FONT,
          grid: { show: false },
          values: (_chart, at) => at.map((index) => ticks[index] ?? ''),
        },
        {
          font: FONT,
          grid: { stroke: GROUND },
          values: (_chart, at) => at.map((value) => (Number.isInteger(value) ? String(value) : '')),
        },
      ],
      series: [
        {},
        ...series.map(({ label }, index) => ({
          label,
          stroke: STROKES[index % STROKES.length]!,
          width: 2,
          dash: [...DASHES[index % DASHES.length]!],
          ...(as === 'bars' ? { paths: bars, fill: STROKES[index % STROKES.length]!, dash: [] } : {}),
          points: { show: as === 'lines' },
        })),
      ],
    },
    data as uPlot.AlignedData,
    box,
  );
}
