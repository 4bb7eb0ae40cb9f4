import { languages, useLanguage, useSay } from '../words.ts';

export function TopBar() {
  const say = useSay();
  const [language, speak] = useLanguage();
  return (
    <header className="top-bar">
      <span>{say('product')}</span>
      <div role="group" aria-label={say('language')}>
        {languages.map((other) => (
          <button
            key={other}
            type="button"
            lang={other}
            className="button button-small"
            aria-pressed={other === language}
            onClick={() => speak(other)}
          >
            {say(`language.${other}`)}
          </button>
        ))}
      </div>
    </header>
  );
}
