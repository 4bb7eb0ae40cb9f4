/** The form: one question a screen, by keyboard. Pure moves of session.ts. */
import { applicantStatement } from '#center/contract/domicileApplication.ts';
import { applicationQuestion, type ApplicationQuestion } from '../contract/domicileViews.ts';
import { choosingOf, kindsIn } from './choose.ts';
import type { Filling, Signing } from './domicileState.ts';
import { to } from './moves.ts';
import type { At, Choosing, Move, Stepped, Visit } from './state.ts';

export const questions = applicationQuestion.options;
export const firstQuestion: ApplicationQuestion = 'domicile';

function fillingOf(visit: Filling): Filling {
  const { listed, form, answers, cardText } = visit;
  return { ...choosingOf(visit), listed, form, answers, cardText };
}

/** The screen of one question, with what was answered before. */
export function questionAt(visit: Filling, question: ApplicationQuestion): At<'answeringApplication'> {
  const value = visit.answers[question] ?? '';
  return { at: 'answeringApplication', ...fillingOf(visit), question, value, wrong: false };
}

export const answeringApplication: Move<'answeringApplication'> = (visit, event) => {
  if (event.kind !== 'touch') return null;
  const { touch } = event;
  const place = questions.indexOf(visit.question);
  if (touch.type === 'back') {
    const before = questions[place - 1];
    return to(before ? questionAt(visit, before) : { at: 'explainingApplication', ...fillingOf(visit) });
  }
  if (touch.type !== 'answerApplication' || touch.question !== visit.question) return null;
  const answered = applicantStatement.shape[visit.question].safeParse(touch.text);
  if (!answered.success) return to({ ...visit, value: touch.text, wrong: true });
  const filled = { ...visit, answers: { ...visit.answers, [visit.question]: answered.data } };
  const next = questions[place + 1];
  return to(next ? questionAt(filled, next) : afterQuestions(filled));
};

function afterQuestions(visit: Filling): Visit {
  const statement = applicantStatement.parse(visit.answers);
  const signing = signingOf({ ...visit, statement });
  if (visit.form.cardText) return { at: 'choosingCardText', ...signing };
  return { at: 'placingCardAgain', ...signing, cardText: false };
}

export function signingOf(visit: Signing): Signing {
  const { listed, form, statement, cardText } = visit;
  return { ...choosingOf(visit), listed, form, statement, cardText };
}
export function backToQuestions(visit: Signing): Stepped {
  const { statement, ...signing } = signingOf(visit);
  return to(questionAt({ ...signing, answers: statement }, 'telephone'));
}

export const choosingCardText: Move<'choosingCardText'> = (visit, event) => {
  if (event.kind !== 'touch') return null;
  if (event.touch.type === 'back') return backToQuestions(visit);
  if (event.touch.type !== 'useCardText') return null;
  return to({ at: 'placingCardAgain', ...signingOf(visit), cardText: event.touch.on });
};

/** The resident's own name as the residence has it, for 筆頭者: many are the head of their own 戸籍. */
export function ownName(choosing: Choosing): string | null {
  for (const { code, relation } of choosing.municipalities) {
    if (relation !== 'residence') continue;
    const kinds = kindsIn(choosing, code);
    for (const kind of kinds) {
      const self = kind.status === 'offered' ? kind.members.find((member) => member.self) : undefined;
      if (self) return self.name;
    }
  }
  return null;
}
