(define-library (scheme write)
  (import (kestrel primitives))
  (export
   display write write-shared write-simple))
