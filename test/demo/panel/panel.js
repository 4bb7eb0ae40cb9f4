// The developer panel: shows what the demo's devices do and lets a developer act on them. No framework, no build.
const POLL_MS = 700;
const COINS = [10, 50, 100, 500, 1000];
const at = (id) => document.getElementById(id);

async function act(name, value) {
  const answer = await fetch('api/act', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ act: name, value }),
  });
  const body = await answer.json();
  at('message').textContent = answer.ok ? '' : body.message;
  await refresh();
}

function button(label, name, value) {
  const made = document.createElement('button');
  made.type = 'button';
  made.textContent = label;
  made.addEventListener('click', () => act(name, value));
  return made;
}

function cell(content) {
  const made = document.createElement('td');
  made.append(content);
  return made;
}

let shownCards = '';
function showCards(state) {
  const filter = at('filter').value.trim();
  const cards = state.cards.filter((card) => `${card.id} ${card.resident} ${card.note}`.includes(filter));
  const key = JSON.stringify([cards.map((card) => card.id), state.onReader]);
  if (key === shownCards) return;
  shownCards = key;
  at('cards').replaceChildren(
    ...cards.map((card) => {
      const row = document.createElement('tr');
      row.dataset.on = String(card.id === state.onReader);
      row.append(
        cell(card.id),
        cell(card.resident),
        cell(card.pin),
        cell(card.note),
        cell(button('置く', 'insertCard', card.id)),
      );
      return row;
    }),
  );
}

function list(id, lines) {
  at(id).replaceChildren(
    ...lines.map((line) => {
      const item = document.createElement('li');
      item.append(line);
      return item;
    }),
  );
}

function documentLink(entry) {
  const link = document.createElement('a');
  link.href = `documents/${entry.id}`;
  link.target = '_blank';
  link.textContent = `${entry.issueNumber ?? '領収書'}（${entry.sheets}枚・${entry.state}）`;
  return link;
}

async function refresh() {
  const state = await (await fetch('api/state')).json();
  at('on-reader').textContent = state.onReader
    ? `置かれているカード: ${state.onReader}`
    : 'カードは置かれていません';
  showCards(state);
  at('payment').textContent = state.payment;
  at('printer').textContent = state.printer;
  list('documents', state.documents.map(documentLink));
  list(
    'processes',
    state.processes.map((entry) => `${entry.name} ${entry.pid}`),
  );
}

at('coins').append(...COINS.map((yen) => button(`${yen}円`, 'insertCoin', yen)));
for (const element of document.querySelectorAll('button[data-act]')) {
  element.addEventListener('click', () => act(element.dataset.act, element.dataset.value));
}
at('kiosk').addEventListener('click', async (event) => {
  event.preventDefault();
  const answer = await fetch('api/act', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ act: 'openKiosk' }),
  });
  window.open((await answer.json()).url, '_blank');
});
at('filter').addEventListener('input', () => {
  shownCards = '';
  void refresh();
});
setInterval(
  () =>
    refresh().catch(() => {
      at('message').textContent = '実演が止まっています。';
    }),
  POLL_MS,
);
void refresh();
