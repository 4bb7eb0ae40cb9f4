/** Shown once, to be written down or printed. */
export function RecoveryCodes({ codes }: { readonly codes: readonly string[] }) {
  return (
    <section className="stack" aria-label="回復コード">
      <p>
        パスキーやアプリが使えなくなったときに、1回ずつ使えます。
        <strong>この画面を閉じると、もう見られません。</strong>
        印刷するか書き写して、鍵のかかる所にしまってください。
      </p>
      <ul className="codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <div className="actions">
        <button type="button" className="button" onClick={() => print()}>
          印刷する
        </button>
      </div>
    </section>
  );
}
