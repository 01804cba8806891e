;; options: -L support/path
(cond-expand
  ((library (places nowhere)) (import (places nowhere)))
  ((and (library (places here)) (not (library (places there))) kestrel)
   (import (scheme base) (rename (places here) (here place))))
  (else (import (scheme base))))
(define-library (inline) (export a) (import (scheme base)) (begin (define a 'inline)))
(begin (import (inline)))
(define (known? . rest) rest)
(list place a
      (cond-expand ((library (inline)) 1) (else 2))
      (cond-expand ((library (in line)) 1) (else 2))
      (cond-expand ((library (scheme base)) 1) (else 2))
      (cond-expand ((library (srfi 9999)) 1) (else 2))
      (cond-expand ((or) 1) ((and) 2)))
;; value: (path inline 1 2 1 2 2)
