/** 休みの日 and 点検の予定. */
import { ClosedDays } from './ClosedDays.tsx';
import { Maintenance } from './Maintenance.tsx';

export function DaysSection() {
  return (
    <section className="card" aria-labelledby="section-title">
      <h2 id="section-title">休みの日・点検</h2>
      <ClosedDays />
      <Maintenance />
    </section>
  );
}
