;; Generators by call/cc: walking a tree stops at every leaf and is resumed where it stopped. Comparing the fringes
;; of two trees this way flattens neither, and ends at the first difference.

(import (scheme base) (scheme write))

(define done (list 'done))

;; Turns a procedure that passes items to its argument into a thunk that answers the next item each time, then `done`.
(define (make-generator produce)
  (define return #f)
  (define (resume ignored)
    (produce (lambda (item)
               (call/cc (lambda (continue)
                          (set! resume continue)
                          (return item)))))
    (return done))
  (lambda ()
    (call/cc (lambda (k)
               (set! return k)
               (resume #f)))))

(define (walk tree visit)
  (cond ((pair? tree) (walk (car tree) visit) (walk (cdr tree) visit))
        ((not (null? tree)) (visit tree))))

(define (leaves tree)
  (make-generator (lambda (yield) (walk tree yield))))

(define (same-fringe? a b)
  (let ((next-a (leaves a)) (next-b (leaves b)))
    (let loop ()
      (let ((x (next-a)) (y (next-b)))
        (cond ((not (eqv? x y)) #f)
              ((eq? x done) #t)
              (else (loop)))))))

;; The numbers from low to high, as the leaves of a balanced tree and as a list.
(define (tree low high)
  (if (= (+ low 1) high)
      low
      (let ((middle (quotient (+ low high) 2)))
        (cons (tree low middle) (tree middle high)))))
(define (spine low high)
  (let loop ((i (- high 1)) (rest '()))
    (if (< i low) rest (loop (- i 1) (cons i rest)))))

(define (show . things) (for-each display things) (newline))

(show "((1 2) (3 4)) and (1 (2 3) 4): " (same-fringe? '((1 2) (3 4)) '(1 (2 3) 4)))
(show "((1 2) (3 4)) and (1 (2 5) 4): " (same-fringe? '((1 2) (3 4)) '(1 (2 5) 4)))
(show "65536 leaves, tree and list: " (same-fringe? (tree 0 65536) (spine 0 65536)))
