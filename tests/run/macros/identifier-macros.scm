;; Macros used as bare identifiers, and in set!.
;; output: (1 2 7)
;; output: (42 42)
;; output: (3 (10 20 3))
;; output: (0 1 2)
;; output: 9
;; output: (1 99)
;; output: (1 20 #(20 2) (1 . 2) ((a . b)))
(import (scheme base) (scheme write) (kestrel syntax-case))
(define-syntax show (syntax-rules () ((_ e) (begin (write e) (newline)))))

(define count 0)
(define-syntax tick
  (lambda (stx)
    (syntax-case stx ()
      (id (identifier? #'id) #'(begin (set! count (+ count 1)) count))
      ((_ n) #'(begin (set! count (+ count n)) count)))))
(show (let* ((a tick) (b tick) (c (tick 5))) (list a b c)))

(define cell (list 1))
(define-syntax content
  (make-variable-transformer
   (lambda (stx)
     (syntax-case stx (set!)
       ((set! _ e) #'(set-car! cell e))
       ((_ argument ...) #'((car cell) argument ...))
       (id (identifier? #'id) #'(car cell))))))
(set! content 42)
(show (list content (car cell)))

;; A view on an element of a vector, in a body.
(define (f)
  (define v (vector 10 20 30))
  (define-syntax last
    (make-variable-transformer
     (lambda (stx)
       (syntax-case stx (set!)
         ((set! _ e) #'(vector-set! v 2 e))
         (id (identifier? #'id) #'(vector-ref v 2))))))
  (set! last 3)
  (list last (vector->list v)))
(show (f))

;; At the head of a call the keyword is applied.
(define-syntax state
  (make-variable-transformer
   (lambda (stx)
     (syntax-case stx (set!)
       ((set! _ e) #'(set! hidden e))
       ((_ x ...) #'(list hidden x ...))
       (_ #'hidden)))))
(define hidden 0)
(show (state 1 2))
(set! state 9)
(show state)

;; swap! of such a variable works through syntax-rules.
(define-syntax swap! (syntax-rules () ((_ a b) (let ((tmp a)) (set! a b) (set! b tmp)))))
(define other 99)
(set! content 1)
(swap! content other)
(show (list other (car cell)))

;; R6RS's short forms.
(define place (vector 1 2))
(define-syntax first-place
  (identifier-syntax
   (_ (vector-ref place 0))
   ((set! _ e) (vector-set! place 0 (* 10 e)))))
(define-syntax conses (identifier-syntax cons))
(define old first-place)
(set! first-place (+ first-place 1))
(show (list old first-place place (conses 1 2) (map conses '(a) '(b))))
