;; SRFI 39: parameter objects, as R7RS has them: `parameterize` converts, and a parameter is not assigned by calling it.

(define-library (srfi 39)
  (import (scheme base))
  (export make-parameter parameterize))
