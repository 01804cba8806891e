;; LLVM simplifies what comes of this only in two rounds, and must not take that for a fault of its own.
(import (scheme base) (scheme lazy) (scheme write))
(force 1)
(let* ((a 1))
  1
  (when (null? (list 1152921504606846976))
    (set! a (let* ((b (force 1)) (c 1)) 1 1)))
  1)
;; value: 1
