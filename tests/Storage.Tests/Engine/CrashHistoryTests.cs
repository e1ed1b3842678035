using PosteRestante.Storage.Engine;
using PosteRestante.Storage.Simulated;

namespace PosteRestante.Storage.Tests.Engine;

/// <summary>
/// Random writes, random steps, random crashes, against a model: a record is what was acknowledged last, or what
/// a write made of it that was under way at a crash, and never anything else.
/// </summary>
public sealed class CrashHistoryTests(ITestOutputHelper output)
{
    private const int Seeds = 400;

    [Fact]
    public void History_WithCrashes_NeverLosesOrInvents()
    {
        int crashes = 0;
        int undecided = 0;
        for (int seed = 0; seed < Seeds; seed++)
        {
            var history = new CrashHistory(seed);
            history.Run(steps: 600);
            crashes += history.Crashes;
            undecided += history.UndecidedWrites;
        }

        output.WriteLine($"{Seeds} seeds, {crashes} crashes, {undecided} writes under way at one");
        crashes.ShouldBeGreaterThan(Seeds);
        undecided.ShouldBeGreaterThan(Seeds);
    }

    private sealed class CrashHistory
    {
        private const int Keys = 12;
        private readonly Random _random;
        private readonly SimulatedDisk _disk = new();
        private readonly ManualTime _time = new();
        private readonly RecordingObserver _observer = new();
        private readonly byte?[] _values = new byte?[Keys];
        private readonly long[] _etags = new long[Keys];
        private readonly Dictionary<int, (StepWrite Write, byte? Value)> _underWay = [];
        private readonly int _seed;
        private StepEngine _engine;

        public CrashHistory(int seed)
        {
            _seed = seed;
            _random = new Random(seed);
            _engine = Open();
        }

        public int Crashes { get; private set; }

        public int UndecidedWrites { get; private set; }

        public void Run(int steps)
        {
            for (int step = 0; step < steps; step++)
            {
                Act();
                Settle();
            }

            Crash();
            _observer.AcknowledgedEarly.ShouldBeEmpty($"seed {_seed}");
        }

        private void Act()
        {
            switch (_random.Next(20))
            {
                case < 8:
                    Write(_random.Next(Keys));
                    break;
                case < 17:
                    _engine.Step(_random);
                    break;
                case 17:
                    _time.Advance(TimeSpan.FromSeconds(_random.NextDouble()));
                    break;
                case 18:
                    _disk.FailRounds(_random.Next(3));
                    _disk.FailCommits(_random.Next(3) / 2);
                    break;
                default:
                    if (_random.Next(6) == 0)
                    {
                        Crash();
                    }

                    break;
            }
        }

        private void Write(int index)
        {
            if (_underWay.ContainsKey(index))
            {
                return;
            }

            bool clears = _random.Next(8) == 0 && _etags[index] != 0;
            byte value = (byte)_random.Next(256);
            RecordKey key = _engine.Key(index);
            _underWay[index] = clears
                ? (_engine.Clear(key, _etags[index]), null)
                : (_engine.Write(key, _etags[index], value), value);
        }

        private void Settle()
        {
            foreach ((int index, (StepWrite write, byte? value)) in _underWay.ToArray())
            {
                if (!write.IsCompleted)
                {
                    continue;
                }

                _underWay.Remove(index);
                if (!write.IsFailed)
                {
                    write.Result.Written.ShouldBeTrue($"seed {_seed}: a write with the current ETag lost");
                    (_values[index], _etags[index]) = (value, write.Result.Etag);
                }
            }
        }

        /// <summary>Ends the process, starts the next, and compares every record with the model.</summary>
        private void Crash()
        {
            Crashes++;
            UndecidedWrites += _underWay.Count;
            _disk.Crash(_random);
            _engine = Open();
            for (int index = 0; index < Keys; index++)
            {
                StoredRecord record = _engine.Read(_engine.Key(index));
                byte? found = record.Exists ? record.Value.Span[0] : null;
                bool isAcknowledged = found == _values[index] && record.Version.Etag == _etags[index];
                bool isUndecided = _underWay.TryGetValue(index, out var undecided) && found == undecided.Value;
                (isAcknowledged || isUndecided).ShouldBeTrue($"seed {_seed}: record {index} is {found}, acknowledged was {_values[index]}");
                (_values[index], _etags[index]) = (found, record.Version.Etag);
            }

            _underWay.Clear();
        }

        private StepEngine Open()
        {
            var limits = new StoreLimitsOptions { RoundBytes = 1 + _random.Next(2000), SyncBytes = 1 + _random.Next(200), RememberedVersions = 4, BatchBytes = 20 };
            return new StepEngine(_disk.Journal, _disk.Tables, limits, _time, _observer);
        }
    }
}
