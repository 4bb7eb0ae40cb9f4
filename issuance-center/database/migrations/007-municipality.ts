/** Municipalities that have joined (参加). Their profile, staff, registers and keys hang on the code. */
export const MUNICIPALITY: readonly string[] = [
  `create table municipality (
     code text primary key,
     prefecture text not null,
     name text not null,
     joined_at timestamptz not null)`,
];
