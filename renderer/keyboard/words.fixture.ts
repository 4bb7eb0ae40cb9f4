/** A handful of words in the form of the build, for tests that do not need all of IPADIC. */
export const fewWords = [
  ['かくう', 'ncv架空'],
  ['さいとう', 'sgg斎藤', 'shv齋藤'],
  ['たろう', 'gl0太郎', 'gmm太朗'],
  ['だい', 'kj0台', 'kjk大'],
  ['なべ', 'nb0鍋'],
  ['ほん', 'kb0本', 'nc0本'],
  ['み', 'kb0見', 'kc0美'],
  ['みほ', 'pd0三保', 'pe0美保'],
  ['みほん', 'nb0見本'],
  ['わた', 'sp0和田', 'nd0綿'],
  ['わたなべ', 's3u渡辺', 'sfw渡邉'],
]
  .map((line) => `${line.join('\t')}\n`)
  .join('');
