import { formatNumber } from '../../lib/numbers';
import type { Texts } from '../fi';
import { pages } from './pages';

const num = (value: number) => formatNumber(value, 'en');

export const radar: Texts['radar'] = {
  title: pages.radar,
  lead: 'Posts and things for which nobody really answers. The page shows posts, not persons.',
  loading: 'Fetching the gaps…',
  counts: 'Gaps by reason and party',
  reason: 'Reason',
  party: 'Party',
  noParty: 'No party',
  all: 'All',
  show: (reason, party, count) => `${reason}, ${party}: ${num(count)}`,
  reasons: {
    left: {
      name: 'The holder has left',
      text: 'The post’s holder has left or the post has ended, and it still has open responsibilities.',
    },
    vacant: {
      name: 'Nobody in the post',
      text: 'The post has neither a holder nor a deputy.',
    },
    never_updated: {
      name: 'Status never reported',
      text: 'The party leads or shares the action but has itself said nothing of its status within the action’s limit, usually 60 days, and its post has never reported it. Each party answers for its own silence only.',
    },
    not_updated: {
      name: 'Status not updated',
      text: 'The party’s post has reported the action’s status at some time, but the party has itself neither reported nor confirmed it within the action’s limit, usually 60 days. Each party answers for its own silence only.',
    },
    no_lead: {
      name: 'No lead post',
      text: 'No post leads the open action, the goal has no lead post of a party, or no post leads the stage where a service chain begins.',
    },
    unit_only: {
      name: 'Only a stage, a forum or others named',
      text: 'The open action belongs to a stage of a service chain or to a forum, or has other posts, but no post leads it.',
    },
    unaccepted: {
      name: 'Lead not accepted',
      text: 'A lead post has been proposed, but the parties have not accepted the responsibility.',
    },
  },
  found: (count) => (count === 1 ? '1 gap' : `${num(count)} gaps`),
  none: 'There are no gaps',
  noneText: 'With these filters somebody answers for everything.',
  post: 'Post',
  thing: 'Thing',
  who: 'Who should answer',
  owns: 'Open responsibilities',
  since: {
    left: 'Without a holder since',
    vacant: 'Without a holder since',
    never_updated: 'Awaited since',
    not_updated: 'Last confirmed by the party',
    no_lead: 'Without a lead post since',
    unit_only: 'Without a lead post since',
    unaccepted: 'Proposed',
  },
  days: 'For',
  dayCount: (days) => (days === 1 ? '1 day' : `${days} days`),
  owned: {
    goals: (count) => (count === 1 ? '1 goal' : `${num(count)} goals`),
    actions: (count) => (count === 1 ? '1 action' : `${num(count)} actions`),
    chains: (count) => (count === 1 ? '1 service chain' : `${num(count)} service chains`),
    stages: (count) =>
      count === 1 ? '1 stage of a service chain' : `${num(count)} stages of service chains`,
    handovers: (count) => (count === 1 ? '1 hand-over' : `${num(count)} hand-overs`),
    forums: (count) => (count === 1 ? '1 forum' : `${num(count)} forums`),
  },
  ownsNothing: 'No open responsibilities',
  neverHeld: 'nobody has ever held the post',
  deputies: (count) => (count === 1 ? '1 deputy' : `${num(count)} deputies`),
  next: (day) => `new holder ${day}`,
};
