(import (scheme base))
(define-syntax agree
  (syntax-rules ()
    ((_ f ...) (list (eq? (and (memq 'f (features)) #t) (cond-expand (f #t) (else #f))) ...))))
(list (agree r7rs exact-closed exact-complex ieee-float full-unicode ratios posix unix linux x86-64 lp64 kestrel
             windows big-endian little-endian jit else-where)
      (cond-expand ((and r7rs full-unicode (not windows)) 'yes) (else 'no)))
;; value: ((#t #t #t #t #t #t #t #t #t #t #t #t #t #t #t #t #t) yes)
