;; SRFI 34: exception handling for programs, as R7RS has it.

(define-library (srfi 34)
  (import (scheme base))
  (export guard raise with-exception-handler => else))
