import type { Texts } from '../fi';

export const together: Texts['together'] = {
  title: "The parties' statuses",
  joint: 'Together',
  silent: "No report of its own. Goes with the other party's status.",
  confirmed: (date) => `Confirmed ${date}`,
  how: 'How the joint status comes about',
  why: {
    single: 'One party carries out the action, and the status is its own.',
    silent: "A party that has not reported a status of its own goes with the other party's.",
    same: 'The parties have reported the same status.',
    in_progress: 'The action is in progress because at least one party is working on it.',
    partly_done: 'The action is in progress because one party is done and the other is not.',
    paused:
      'The action is paused because one party has paused it and neither party is working on it.',
    not_closed:
      'The action is paused because the parties have closed it in different ways. They need to agree how it ends.',
    not_started: 'The action has not started because neither party has started.',
  },
  rule: [
    'If the parties report the same status, that is the joint one.',
    'The action is done, cancelled, merged or superseded only when every party says so.',
    'Otherwise it is in progress if any party is in progress, or if some are done and others are not.',
    'Otherwise it is paused if any party has paused it, or if the parties have closed it in different ways.',
    'Otherwise it has not started.',
    "Progress is the mean of the parties' own. The joint status is as old as the confirmation of the party whose work goes on and who confirmed longest ago.",
  ],
  differ: "The parties' statuses differ",
  otherSays: 'The other party says otherwise.',
  youReport: (party) => `You report for your own party: ${party}.`,
  loading: "Fetching your party's status…",
};
