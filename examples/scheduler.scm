;; Processes that take turns, and channels between them, by call/cc: a process that waits is its continuation in a queue. The
;; pipeline is Eratosthenes' sieve: every prime is a process that lets pass what it does not divide.

(import (scheme base) (scheme write))

;; A queue is a pair of the front, and the back in reverse.
(define (make-queue) (cons '() '()))
(define (queue-empty? q) (and (null? (car q)) (null? (cdr q))))
(define (enqueue! q x) (set-cdr! q (cons x (cdr q))))
(define (dequeue! q)
  (when (null? (car q))
    (set-car! q (reverse (cdr q)))
    (set-cdr! q '()))
  (let ((x (caar q)))
    (set-car! q (cdar q))
    x))

(define ready (make-queue))
(define leave #f)

;; Gives the processor to whoever is next. With nobody left, the scheduler itself returns.
(define (dispatch)
  (if (queue-empty? ready) (leave 'done) ((dequeue! ready))))

(define (spawn thunk)
  (enqueue! ready (lambda () (thunk) (dispatch))))

(define (run)
  (call/cc (lambda (k) (set! leave k) (dispatch))))

;; A channel without a buffer: readers wait for a writer, writers for a reader.
(define-record-type <channel>
  (new-channel readers writers)
  channel?
  (readers channel-readers)
  (writers channel-writers))

(define (make-channel) (new-channel (make-queue) (make-queue)))

(define (send c x)
  (if (queue-empty? (channel-readers c))
      (call/cc
       (lambda (k)
         (enqueue! (channel-writers c) (cons x (lambda () (k #t))))
         (dispatch)))
      (let ((reader (dequeue! (channel-readers c))))
        (enqueue! ready (lambda () (reader x))))))

(define (receive c)
  (if (queue-empty? (channel-writers c))
      (call/cc
       (lambda (k)
         (enqueue! (channel-readers c) k)
         (dispatch)))
      (let ((writer (dequeue! (channel-writers c))))
        (enqueue! ready (cdr writer))
        (car writer))))

(define-syntax process
  (syntax-rules ()
    ((_ body ...) (spawn (lambda () body ...)))))

(define (numbers-from n out)
  (process
   (let loop ((n n))
     (send out n)
     (loop (+ n 1)))))

(define (sieve prime in out)
  (process
   (let loop ()
     (let ((n (receive in)))
       (unless (zero? (remainder n prime)) (send out n))
       (loop)))))

(define (show-primes count)
  (let ((numbers (make-channel)))
    (numbers-from 2 numbers)
    (process
     (let loop ((in numbers) (left count))
       (let ((prime (receive in)))
         (display prime)
         (display " ")
         (if (= left 1)
             (leave 'enough)
             (let ((out (make-channel)))
               (sieve prime in out)
               (loop out (- left 1)))))))
    (run)))

(display (show-primes 100))
(newline)
