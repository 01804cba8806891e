;; A condition that no clause takes is raised again where it was raised, with raise-continuable.
;; value: (105 (outer))
(import (scheme base))
(define trace '())
(define result
  (with-exception-handler
    (lambda (e) (set! trace (cons 'outer trace)) 100)
    (lambda ()
      (guard (e ((string? e) 'string))
        (+ 5 (raise-continuable 'not-a-string))))))
(list result trace)
