import type { FirstTexts } from './fi.first';
import { actions } from './en/actions';
import { app } from './en/app';
import { content } from './en/content';
import { forumLoops } from './en/forumLoops';
import { gaps } from './en/gaps';
import { goals } from './en/goals';
import { overview } from './en/overview';
import { pages } from './en/pages';
import { problems } from './en/problems';
import { reservations } from './en/reservations';
import { responsibilities } from './en/responsibilities';
import { search } from './en/search';
import { session } from './en/session';
import { ui } from './en/ui';

/** What the frame of the page and the front page say in English. */
export const first: FirstTexts = {
  actions,
  app,
  content,
  forumLoops,
  gaps,
  goals,
  overview,
  pages,
  problems,
  reservations,
  responsibilities,
  search,
  session,
  ui,
};
