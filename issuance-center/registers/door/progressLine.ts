/** How far a file has been sent, on stderr: one line that moves on a terminal, a line each tenth elsewhere. */
export interface ProgressLine {
  readonly at: (bytes: number) => void;
  readonly end: () => void;
}

/** @param total bytes of the file; undefined when that says nothing about the end */
export function progressLine(
  total: number | undefined,
  out: NodeJS.WriteStream = process.stderr,
): ProgressLine {
  const isTerminal = out.isTTY === true;
  let tenth = -1;
  let hundredth = -1;
  const text = (bytes: number): string => {
    const megabytes = `${(bytes / 1024 / 1024).toFixed(1)}MB`;
    if (!total) return `送信中 ${megabytes}`;
    const share = Math.min(1, bytes / total);
    const bar = '#'.repeat(Math.round(share * 20)).padEnd(20, '.');
    return `送信中 [${bar}] ${Math.round(share * 100)}% ${megabytes}`;
  };
  return {
    at: (bytes) => {
      const step = total ? Math.floor((bytes / total) * 100) : Math.floor(bytes / (8 * 1024 * 1024));
      if (step === hundredth) return;
      hundredth = step;
      if (isTerminal) return void out.write(`\r${text(bytes)}`);
      const next = total ? Math.floor(step / 10) : step;
      if (next === tenth) return;
      tenth = next;
      out.write(`${text(bytes)}\n`);
    },
    end: () => {
      if (isTerminal && hundredth >= 0) out.write('\n');
    },
  };
}
