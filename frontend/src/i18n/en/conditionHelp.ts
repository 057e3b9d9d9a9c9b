import type { Texts } from '../fi';

export const conditionHelp: Texts['conditionHelp'] = {
  title: 'How the condition is computed',
  lead: 'An action has one condition. It is computed every day from the status and the dates, and nobody can enter it by hand.',
  order: 'The conditions',
  orderText: 'The first rule in this order that holds decides.',
  condition: 'Condition',
  when: 'When',
  rules: {
    cancelled: 'The status is cancelled, merged into another or superseded by another.',
    done: 'The status is done, and the result has been told.',
    paused: 'The status is paused, and the reason has been told.',
    late: 'The last day of the due date has passed: the action’s own, or that of one of its open tasks or milestones. Where the due date is a month, a quarter or a year, the last day is at its end.',
    stale: 'The status has not been confirmed within the action’s limit, usually 60 days.',
    due_soon:
      'At most 30 days are left until the action’s own due date or that of one of its open tasks or milestones.',
    not_started: 'The work has not started.',
    on_time: 'The work is in progress, and none of the above holds.',
  },
  freshness: 'Freshness',
  freshnessText:
    'Each time somebody reports the status or presses Still correct, the information is confirmed as of that day. How often, the plan says: usually the target is every 30 days, and information older than 60 days is marked out of date. If an action serves goals of several plans, the strictest decides; a plan that another of them has superseded no longer counts. An action can also have an interval of its own. Freshness is a fact, not blame.',
  unowned: 'Without an owner',
  unownedText:
    'Beside the condition it is shown when nobody has the lead, or when nobody holds the lead post.',
  atRisk: 'At risk',
  atRiskText:
    'Beside the condition it is shown when the action waits for another one that is late: directly or through others. An action that has ended passes no risk on.',
  reported: 'Status and condition',
  reportedText:
    'A person reports the status, the service computes the condition. When the status differs from what the dates say, a reason is needed: always for pausing, cancelling, merging and superseding; for not started when the start date has passed or some progress has been made; for in progress or done before the start date; and for opening again what has ended.',
  past: 'When you look at a past day, the condition is computed from that day’s information.',
};
