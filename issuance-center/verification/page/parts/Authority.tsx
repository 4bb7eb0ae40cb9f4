/** For who opens the file in a PDF program: what the seal on it is checked with. */
import { useSay } from '../words.ts';

export function Authority() {
  const say = useSay();
  return (
    <p className="authority">
      {say('authority')} <a href="./ca.pem">{say('authority.link')}</a>
    </p>
  );
}
