/** The shipped kinds in English; a municipality's own kind is named as it is printed. */
export const KINDS_IN_ENGLISH: Readonly<Record<string, string>> = {
  'resident-record-copy': 'copy of the resident record',
  'resident-record-items': 'certificate of items of the resident record',
  'seal-registration-certificate': 'certificate of seal registration',
  'taxation-certificate': 'certificate of resident tax assessment (or of none)',
  'income-certificate': 'certificate of income',
  'tax-payment-certificate': 'certificate of tax payment',
  'family-register-full': 'full certificate of the family register',
  'family-register-individual': 'certificate of a person on the family register',
  'family-register-address-copy': 'copy of the address history of the family register',
};
