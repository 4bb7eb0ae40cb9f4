/**
 * What the parts of a 戸籍 must agree on. Reasonable, not complete: registers are old, and what a family court or an earlier
 * law allowed is not for a kiosk to judge. Messages are read by municipal staff.
 */
import type { FamilyMemberItems, FamilyRegisterItems } from './familyRegister.ts';
import { filingOf, type EventKind, type FamilyRegisterEvent } from './familyRegisterEvents.ts';

type Issue = (path: readonly (string | number)[], message: string) => void;
type Member = FamilyMemberItems;

/** Every rule over one register; used by the document's and the register's schema alike. */
export function checkFamilyRegister(
  register: FamilyRegisterItems & { readonly members: readonly Member[] },
  issue: Issue,
): void {
  checkEntries(register, issue);
  checkOrder(register, issue);
  checkSpouses(register.members, issue);
  register.members.forEach((member, index) =>
    checkMember(member, (path, message) => issue(['members', index, ...path], message)),
  );
}

const FIRST_ENTRIES = ['established', 'revised', 'transferred-in'];

function checkEntries({ entries }: FamilyRegisterItems, issue: Issue): void {
  if (!FIRST_ENTRIES.includes(entries[0]!.kind)) {
    issue(['entries', 0], '戸籍事項のはじめは、編製、改製、または他の市区町村からの転籍です');
  }
  entries.forEach(({ on }, index) => {
    if (index > 0 && on < entries[index - 1]!.on)
      issue(['entries', index, 'on'], '前の戸籍事項より前の日です');
  });
}

/** 戸籍法 §14: 筆頭者, 配偶者, 子 by birth; who enters later stands at the end. */
function checkOrder(
  { members, headGivenName }: FamilyRegisterItems & { readonly members: readonly Member[] },
  issue: Issue,
): void {
  const head = members.findIndex(({ givenName }) => givenName === headGivenName);
  if (head > 0) issue(['members', head], '筆頭者は、はじめに記録されます');
  let previous: Member | undefined;
  members.forEach((member, index) => {
    if (index <= head || member.spouse || cameFromElsewhere(member)) return;
    if (previous && member.birthDate < previous.birthDate) {
      issue(['members', index, 'birthDate'], '子は、生まれた順に記録されます');
    }
    previous = member;
  });
}

function cameFromElsewhere({ events }: Member): boolean {
  return events.some((event) => 'previousRegister' in event && event.previousRegister !== undefined);
}

function checkSpouses(members: readonly Member[], issue: Issue): void {
  const married = members.filter(({ spouse }) => spouse !== undefined);
  if (married.length > 2) issue(['members'], '配偶者区分のある人が3人以上います');
  if (married.length === 2 && married[0]!.spouse === married[1]!.spouse) {
    issue(['members'], '配偶者区分が夫と妻の組になっていません');
  }
}

function checkMember(member: Member, issue: Issue): void {
  checkAdoption(member, issue);
  checkRemoval(member, issue);
  if (member.spouse && !marriedNow(member.events)) {
    issue(['spouse'], '配偶者区分があるのに、いまの婚姻の事項がありません');
  }
  member.events.forEach((event, index) =>
    checkDates(event, member, (path, message) => issue(['events', index, ...path], message)),
  );
  checkSequence(member.events, issue);
}

function checkAdoption(member: Member, issue: Issue): void {
  const hasParent = member.adoptiveFather !== undefined || member.adoptiveMother !== undefined;
  if (hasParent !== (member.adoptiveRelationship !== undefined)) {
    issue(['adoptiveRelationship'], '養父・養母と、養子・養女の続柄は、いっしょに記録されます');
  }
}

function checkRemoval(member: Member, issue: Issue): void {
  const leaves = member.events.some(endsMembership);
  if (leaves && !member.removed) issue(['removed'], '除籍になる事項があるのに、除籍になっていません');
  if (!leaves && member.removed) issue(['removed'], '除籍の理由になる事項がありません');
  if (member.removed && member.spouse) issue(['spouse'], '除籍の人に配偶者区分はありません');
}

/** True for what takes a person off this register. */
export function endsMembership(event: FamilyRegisterEvent): boolean {
  if (event.kind === 'death' || event.kind === 'disappearance') return true;
  return 'leavingFor' in event && event.leavingFor !== undefined;
}

function marriedNow(events: readonly FamilyRegisterEvent[]): boolean {
  const endsMarriage: readonly EventKind[] = ['divorce', 'spouse-death'];
  const last = events.findLast(({ kind }) => kind === 'marriage' || endsMarriage.includes(kind));
  return last?.kind === 'marriage';
}

function checkDates(event: FamilyRegisterEvent, member: Member, issue: Issue): void {
  const { kind, on } = event;
  if (kind === 'birth' && on !== member.birthDate) issue(['on'], '出生日が生年月日と違います');
  // 胎児認知 is the one event before a birth (民法 §783)
  if (kind !== 'acknowledged' && on < member.birthDate) issue(['on'], '生まれる前の日です');
  const notifiedOn = 'notifiedOn' in event ? event.notifiedOn : undefined;
  if (notifiedOn && notifiedOn < on) issue(['notifiedOn'], '届出日が、届け出た事実より前の日です');
  const received = filingOf(event)?.receivedOn;
  if (received && received < (notifiedOn ?? on)) {
    issue(['filing', 'receivedOn'], '送付を受けた日が、届出より前の日です');
  }
  if ('previousRegister' in event && event.previousRegister && 'leavingFor' in event && event.leavingFor) {
    issue(['leavingFor'], '1つの事項に、従前戸籍と、新本籍・入籍戸籍の両方があります');
  }
  if (kind === 'disappearance' && event.finalOn < on) issue(['finalOn'], '死亡とみなされる日より前の日です');
}

/** What may still be entered of a person who has died. */
const AFTER_DEATH: readonly EventKind[] = ['updating', 'correction'];

function checkSequence(events: readonly FamilyRegisterEvent[], issue: Issue): void {
  const birth = events.findLastIndex(({ kind }) => kind === 'birth');
  if (birth > 0) issue(['events', birth], '出生は、身分事項のはじめに1回だけ記録されます');
  const death = events.findIndex(({ kind }) => kind === 'death' || kind === 'disappearance');
  if (death < 0) return;
  events.slice(death + 1).forEach(({ kind }, offset) => {
    if (!AFTER_DEATH.includes(kind)) {
      issue(['events', death + 1 + offset], '死亡・失踪宣告の後の事項です');
    }
  });
}
