/** What is said of the desks of this user, where there are several, and by `scel desk`. */
export const DESKS_EN = {
  desk_under_root: '{desk}, under {root}',
  label_vouched_by: 'vouched by',

  label_address: 'address',
  label_enrolled: 'enrolled',
  label_requests: 'requests',
  label_certificates_here: 'certificates here',
  desk_list_none: 'this user has not asked any desk for a certificate yet',
  desk_list_none_there: 'no desk is known here in {environment}',
  desk_not_believed: 'not yet',
  desk_not_believed_why:
    '{desk} ({environment}) is not believed yet: scel requests asks it whether it has a request of yours, and whether the roots are its own',
  desk_not_believed_advice:
    'not believed yet: {desks}, where a run of scel enrol was cut off; if you mean one of them, scel requests asks it once whether it has what was sent, and where nothing was, enrol again',
  desk_requests: '{count, plural, one {# request} other {# requests}}, {open, plural, =0 {none open} other {# open}}',
  desk_goes: 'goes',
  desk_goes_record: 'what is known of {desk} in {environment}: its address, its root and the state of {requests}',
  desk_stays: 'stays',
  desk_stays_keys:
    '{count, plural, =0 {nothing in the stores is of this desk} one {# certificate with its key in the stores of this machine} other {# certificates with their keys in the stores of this machine}}',
  desk_stays_key_alone:
    '{count, plural, one {# key of a request without a certificate} other {# keys of requests without a certificate}}',
  desk_stays_root:
    'the root, where scel trust put it into a store; to take it out too, do that first: scel trust --remove --desk {word}',
  desk_stays_there: 'your requests and certificates at the desk itself, which hears nothing of this',
  desk_forget_ask: 'forget this desk',
  desk_forgotten: '{desk}: forgotten in {environment}',
} as const

export const DESKS_FAILURES_EN = {
  desk_unknown: {
    says: 'no desk at which you have enrolled is {wanted}',
    hint: 'give one by its name, host or address: {desks}',
  },
  desk_ambiguous: {
    says: '{wanted} may be any of {desks}',
    hint: 'give the https address of the desk',
  },
  desk_elsewhere: {
    says: '{desk} is known here in another environment alone',
    hint: 'add --environment {environment} if you mean that one',
  },
  desk_needed: {
    says: '{question, select, person {nothing says which of your desks speaks for {name}} time {nothing says which of your desks you believe about the time} other {you have several desks}}: {desks}',
    hint: 'name one with --desk',
  },
  desk_unbelieved: {
    says: '{desk} is known here and not believed yet: it has not said that it has a request of yours, and which roots are its own',
    hint: 'scel requests asks it; what it says counts from then on',
  },
  desk_for_names: {
    says: '--desk says who is asked about a name, and {file} is a file',
    hint: 'leave --desk out, or give an e-mail address or a name with --to',
  },
  desk_silent: {
    says: '{desk} was not heard, and nobody else speaks for it: {reason}',
    hint: 'try again, or ask one of your desks alone with --desk',
  },
  desk_refuses: {
    says: '{desk} gives no answer, and nobody else speaks for it: {reason}',
    hint: 'see to that, or ask one of your desks alone with --desk',
  },
  desk_requests_open: {
    says: '{desk} has requests that are not at their end: {numbers}',
    hint: 'fetch them with scel get, take them back with scel cancel, or forget them too with --with-requests',
  },
  desk_forget_unsaid: { says: 'nobody confirmed that the desk is to be forgotten', hint: 'add --yes' },
} as const

export const DESKS_HELP_EN = {
  value_desk: 'desk',
  desk_option: 'believe this one of your desks alone: its name, host or address',
  desk: 'list and forget the desks at which you have enrolled',
  desk_list: 'list the desks that are known here, and which of them are believed',
  desk_forget: 'forget a desk: its address, root and requests; keys and certificates stay',
  desk_forget_desk: 'its name, host or address',
  desk_forget_environment: 'forget it in this environment alone: production or test',
  desk_forget_requests: 'even when requests there are pending, or approved and not fetched',
  desk_forget_yes: 'ask no questions',
} as const
