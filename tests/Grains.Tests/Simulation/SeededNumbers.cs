using System.Security.Cryptography;

namespace PosteRestante.Grains.Tests.Simulation;

/// <summary>Numbers that a seed repeats.</summary>
public sealed class SeededNumbers(int seed) : RandomNumberGenerator
{
    private readonly Random _random = new(seed);

    public override void GetBytes(byte[] data) => _random.NextBytes(data);
}
