;; Nondeterminism by call/cc: `(amb a b …)` chooses, and `(require x)` goes back to the last choice that has
;; alternatives left when x is false. The puzzle is an old one: five people live on five floors.

(import (scheme base) (scheme write))

(define alternatives '())

(define (fail)
  (if (null? alternatives)
      (error "no more choices")
      (let ((next (car alternatives)))
        (set! alternatives (cdr alternatives))
        (next))))

(define-syntax amb
  (syntax-rules ()
    ((_) (fail))
    ((_ last) last)
    ((_ first rest ...)
     (call/cc
      (lambda (answer)
        (set! alternatives
              (cons (lambda () (answer (amb rest ...))) alternatives))
        first)))))

(define (require condition) (unless condition (fail)))

(define (distinct? items)
  (or (null? items)
      (and (not (memv (car items) (cdr items)))
           (distinct? (cdr items)))))

(define (adjacent? a b) (= (abs (- a b)) 1))

(define (floors)
  (let* ((baker (amb 1 2 3 4 5))
         (cooper (amb 1 2 3 4 5))
         (fletcher (amb 1 2 3 4 5))
         (miller (amb 1 2 3 4 5))
         (smith (amb 1 2 3 4 5)))
    (require (distinct? (list baker cooper fletcher miller smith)))
    (require (not (= baker 5)))
    (require (not (= cooper 1)))
    (require (not (memv fletcher '(1 5))))
    (require (> miller cooper))
    (require (not (adjacent? smith fletcher)))
    (require (not (adjacent? fletcher cooper)))
    `((baker ,baker) (cooper ,cooper) (fletcher ,fletcher) (miller ,miller) (smith ,smith))))

(write (floors))
(newline)
