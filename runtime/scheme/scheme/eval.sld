(define-library (scheme eval)
  (import (kestrel primitives))
  (export environment eval))
