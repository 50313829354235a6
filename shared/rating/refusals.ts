/** What a rater is told when something is not done. */
import { ServiceError } from '../errors/errors.ts';
import type { VoteProblem } from './rules.ts';

export function voteRefusal(problem: VoteProblem): ServiceError {
  switch (problem.fault) {
    case 'no_consent':
      return new ServiceError('conflict', { key: 'rating.consent_missing' });
    case 'has_vote':
      return new ServiceError('presentation_closed', { key: 'rating.has_vote' });
    case 'audit_complete':
      return new ServiceError('presentation_closed', { key: 'rating.audit_complete' });
    case 'final':
      return new ServiceError('presentation_closed', { key: 'rating.block_closed' });
    case 'not_asked':
      return new ServiceError('invalid_input', {
        key: 'rating.vote_not_asked',
        values: { reason: problem.reason },
      });
    case 'impossible':
      return new ServiceError('invalid_input', {
        key: 'rating.vote_impossible',
        values: { reason: problem.reason },
      });
  }
}

export function notTheirPair(): ServiceError {
  return new ServiceError('not_found', { key: 'rating.pair_not_theirs' });
}

export function takenOverRefusal(): ServiceError {
  return new ServiceError('session_taken_over', { key: 'rating.taken_over' });
}

export function reusedCommandRefusal(): ServiceError {
  return new ServiceError('conflict', { key: 'rating.command_used' });
}

export function nothingToUndo(isAuditComplete: boolean): ServiceError {
  return new ServiceError('nothing_to_undo', {
    key: isAuditComplete ? 'rating.audit_complete' : 'rating.nothing_to_undo',
  });
}

export function blockNotDone(): ServiceError {
  return new ServiceError('conflict', { key: 'rating.block_not_done' });
}

export function otherConsentText(): ServiceError {
  return new ServiceError('conflict', { key: 'rating.consent_changed' });
}

export function noVoteOnPair(): ServiceError {
  return new ServiceError('not_found', { key: 'rating.no_vote_on_pair' });
}
