/** What a rater is told when something is not done. */
import { ServiceError } from '../errors/errors.ts';
import type { VoteProblem } from './rules.ts';

export function voteRefusal(problem: VoteProblem): ServiceError {
  switch (problem.fault) {
    case 'no_consent':
      return new ServiceError('conflict', 'This study asks for your consent first. Nothing was recorded.');
    case 'has_vote':
      return new ServiceError('presentation_closed', 'This pair already has a vote. Undo it to vote again.');
    case 'audit_complete':
      return new ServiceError('presentation_closed', 'The audit is complete: its votes are final.');
    case 'final':
      return new ServiceError('presentation_closed', 'The block of this pair is closed: its vote is final.');
    case 'not_asked':
      return new ServiceError('invalid_input', `${problem.reason} Nothing was recorded.`);
    case 'impossible':
      return new ServiceError('invalid_input', `The pair ${problem.reason}. Nothing was recorded.`);
  }
}

export function notTheirPair(): ServiceError {
  return new ServiceError('not_found', 'This pair is not one of this rater’s.');
}

export function takenOverRefusal(): ServiceError {
  return new ServiceError(
    'session_taken_over',
    'This rater’s work was continued in another window. Every recorded vote is safe; continue here to take it back.',
  );
}

export function reusedCommandRefusal(): ServiceError {
  return new ServiceError('conflict', 'This command id was used for something else. Nothing was recorded.');
}

export function nothingToUndo(isAuditComplete: boolean): ServiceError {
  return new ServiceError(
    'nothing_to_undo',
    isAuditComplete ? 'The audit is complete: its votes are final.' : 'There is no vote to undo.',
  );
}

export function blockNotDone(): ServiceError {
  return new ServiceError('conflict', 'A block is closed once all of its pairs have a vote.');
}

export function otherConsentText(): ServiceError {
  return new ServiceError('conflict', 'The consent text was changed meanwhile. Read it again.');
}

export function noVoteOnPair(): ServiceError {
  return new ServiceError('not_found', 'This rater has no vote on this pair.');
}
