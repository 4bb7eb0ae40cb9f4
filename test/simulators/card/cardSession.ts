/** What a card knows between two commands: what is selected, what is verified, and the counters it stores. */
import type { CardData, SecretReference } from './cardFile.ts';
import { secretRules, type Access, type Application, type ElementaryFile } from './fileSystem.ts';
import { CardRefusal, demand, SW } from './statusWord.ts';

export class CardSession {
  readonly applications: readonly Application[];
  application: Application | undefined;
  file: ElementaryFile | undefined;
  readonly #verified = new Set<SecretReference>();
  readonly #persist: (card: CardData) => void;
  #card: CardData;

  constructor(card: CardData, applications: readonly Application[], persist: (card: CardData) => void) {
    this.#card = card;
    this.applications = applications;
    this.#persist = persist;
  }

  get card(): CardData {
    return this.#card;
  }

  /** Selecting an application, the same one too, forgets the file and every verification. */
  select(application: Application | undefined): void {
    this.application = application;
    this.file = undefined;
    this.#verified.clear();
  }

  /** Makes a file of the selected application the current one. Throws CardRefusal when there is none. */
  selectFile(id: number, statusWord: number = SW.fileNotFound): ElementaryFile {
    const file = this.application?.files.get(id);
    demand(file, statusWord);
    this.file = file;
    return file;
  }

  currentFile(): ElementaryFile {
    demand(this.file, SW.noCurrentFile);
    return this.file;
  }

  /** P2 of VERIFY, CHANGE, 80 2A and 00 88: 80 is the current file, 80 | sfi names one and makes it current. */
  referencedFile(p2: number): ElementaryFile {
    if (p2 & 0x60) throw new CardRefusal(SW.wrongParameters);
    const shortId = p2 & 0x1f;
    if (shortId !== 0) return this.selectFile(shortId, SW.referenceNotFound);
    demand(this.file, SW.referenceNotFound);
    return this.file;
  }

  isVerified(reference: SecretReference): boolean {
    return this.#verified.has(reference);
  }

  setVerified(reference: SecretReference, verified: boolean): void {
    if (verified) this.#verified.add(reference);
    else this.#verified.delete(reference);
  }

  allows(access: Access): boolean {
    if (access === 'free' || access === 'never') return access === 'free';
    return access.some((reference) => this.#verified.has(reference));
  }

  triesLeft(reference: SecretReference): number {
    return this.#card.counters[reference] ?? secretRules[reference].tries;
  }

  /** Stored before it returns, so before any answer. */
  setTriesLeft(reference: SecretReference, tries: number): void {
    if (this.triesLeft(reference) === tries) return;
    this.store({ ...this.#card, counters: { ...this.#card.counters, [reference]: tries } });
  }

  /** When storing fails the card stays as it was and the command is answered with 6581. */
  store(card: CardData): void {
    try {
      this.#persist(card);
    } catch {
      throw new CardRefusal(SW.memoryFailure);
    }
    this.#card = card;
  }
}
